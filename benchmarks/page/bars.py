"""Groups of horizontal bars, one group for a network. The longest bar of a group has the full width."""
import svg

WIDTH, LEFT, RIGHT = 860, 240, 250
BAR, GAP, GROUP_GAP = 17, 5, 16


class Bar:
    """label; parts [(value, colour)], drawn one after the other; what stands behind it."""

    def __init__(self, label, parts, note):
        self.label, self.parts, self.note = label, parts, note

    def total(self):
        return sum(value for value, _ in self.parts)


def draw_bar(bar, scale, y):
    x = LEFT
    yield svg.text(LEFT - 8, y + BAR - 4, bar.label, 12, "end", "quiet")
    for value, colour in bar.parts:
        yield svg.rectangle(x, y, value * scale, BAR, colour)
        x += value * scale
    yield svg.text(x + 6, y + BAR - 4, bar.note, 12)


def draw_legend(legend, y):
    x = 16
    for colour, meaning in legend:
        yield svg.rectangle(x, y, 12, 12, colour)
        yield svg.text(x + 17, y + 11, meaning, 12, fill="quiet")
        x += 17 + 7 * len(meaning) + 22


def draw(title, legend, groups):
    """groups: [(network, [Bar])]."""
    parts = [svg.text(16, 26, title, 15, bold=True), *draw_legend(legend, 40)]
    y = 74
    for network, bars in groups:
        scale = (WIDTH - LEFT - RIGHT) / max(bar.total() for bar in bars)
        parts.append(svg.text(16, y + BAR - 4, network, 12, bold=True))
        for bar in bars:
            parts += draw_bar(bar, scale, y)
            y += BAR + GAP
        y += GROUP_GAP
    return svg.document(WIDTH, y, title, parts)
