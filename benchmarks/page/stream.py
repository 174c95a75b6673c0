"""A picture of stages of a row stream, from top to bottom, with the rows that are kept between them."""
import svg

WIDTH, MIDDLE, NOTES = 860, 250, 470
BOX_WIDTH, BOX_HEIGHT = 210, 46
ROW, ROW_GAP, MOST_ROWS, MOST_WIDTH = 8, 3, 6, 380
ARROW = 20
SKIP = 40  # where the way around stages goes


def row_bytes(rows):
    return rows["width"] * rows["channels"]  # of int8


def whole_bytes(rows):
    return rows["rows"] * row_bytes(rows)


def draw_rows(count, width, y, colour):
    """Strips for `count` rows, a gap for those that are left out; (parts, height)."""
    shown = count if count <= MOST_ROWS else MOST_ROWS - 1
    parts = [svg.rectangle(MIDDLE - width / 2, y + i * (ROW + ROW_GAP), width, ROW, colour, radius=1) for i in range(shown)]
    height = shown * (ROW + ROW_GAP) - ROW_GAP
    if shown < count:
        parts.append(svg.text(MIDDLE, y + height + 13, "⋮", 14, "middle", "quiet"))
        height += 18
    return parts, height


def draw_buffer(kept, rows, notes, scale, y, colour):
    """Kept rows with two lines of notes beside them; (parts, height)."""
    parts, height = draw_rows(kept, row_bytes(rows) * scale, y, colour)
    baseline = y + height / 2 - 3
    parts.append(svg.text(NOTES, baseline, notes[0], 13))
    parts.append(svg.text(NOTES, baseline + 17, notes[1], 12, fill="quiet"))
    return parts, height


def draw_input(rows, scale, y):
    notes = f"input: {whole_bytes(rows):,} bytes", f"{rows['rows']} × {rows['width']} × {rows['channels']}"
    return draw_buffer(rows["rows"], rows, notes, scale, y, "reference")


def draw_ring(stage, scale, y):
    kept = stage["kept_rows"]
    kind = f"ring of {kept} rows" if kept > 1 else "one row"
    notes = (f"{kind}: {stage['kept_bytes']:,} bytes",
             f"of {stage['rows']} × {stage['width']} × {stage['channels']}, which would be {whole_bytes(stage):,}")
    return draw_buffer(kept, stage, notes, scale, y, "first")


def draw_stage(stage, y):
    at_once = "a row" if stage["rows_at_once"] == 1 else f"{stage['rows_at_once']} rows"
    constants = f", {stage['constants_bytes']:,} bytes of constants" if stage["constants_bytes"] else ""
    return [svg.rectangle(MIDDLE - BOX_WIDTH / 2, y, BOX_WIDTH, BOX_HEIGHT, "box", radius=6, outlined=True),
            svg.text(MIDDLE, y + 20, stage["op"], 14, "middle", bold=True),
            svg.text(MIDDLE, y + 37, f"{at_once} at a time", 12, "middle", "quiet"),
            svg.text(NOTES, y + 28, f"makes rows of {stage['width']} × {stage['channels']}{constants}", 12, fill="quiet")]


def draw_skip(from_y, to_y, left):
    """From kept rows around stages to a later one."""
    return [svg.arrow([(left, from_y), (SKIP, from_y), (SKIP, to_y), (MIDDLE - BOX_WIDTH / 2, to_y)])]


def sum_line(stages):
    kept, whole = sum(stage["kept_bytes"] for stage in stages), sum(whole_bytes(stage) for stage in stages)
    return f"What the stages make is kept in {kept:,} bytes; whole tensors would take {whole:,}."


def draw(title, stages):
    entry = next(rows for rows in stages[0]["reads"] if "argument" in rows)
    scale = MOST_WIDTH / max(row_bytes(rows) for rows in [entry, *stages])
    parts = [svg.text(16, 26, title, 15, bold=True)]
    sources = {}  # "input" or place of a stage: middle and left edge of the rows

    def keep(source, rows, drawn, y):
        parts.extend(drawn[0])
        sources[source] = (y + drawn[1] / 2, MIDDLE - row_bytes(rows) * scale / 2 - 4)
        return y + drawn[1]

    y = keep("input", entry, draw_input(entry, scale, 48), 48)
    for place, stage in enumerate(stages):
        parts.append(svg.arrow([(MIDDLE, y + 3), (MIDDLE, y + ARROW)]))
        y += ARROW
        for rows in stage["reads"]:
            source = rows.get("stage", "input")
            if source != (place - 1 if place else "input"):
                parts += draw_skip(sources[source][0], y + BOX_HEIGHT / 2, sources[source][1])
        parts += draw_stage(stage, y)
        y += BOX_HEIGHT
        parts.append(svg.arrow([(MIDDLE, y), (MIDDLE, y + ARROW - 3)]))
        y += ARROW
        y = keep(place, stage, draw_ring(stage, scale, y), y)
    parts.append(svg.text(16, y + 34, sum_line(stages), 13))
    return svg.document(WIDTH, y + 50, title, parts)
