"""Text of an SVG that is readable on light and on dark pages: it has its own ground, and colours by what they mean."""
from xml.sax.saxutils import escape

FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
COLOURS = {  # what: on light, on dark
    "ground": ("#ffffff", "#0d1117"),
    "text": ("#1f2328", "#e6edf3"),
    "quiet": ("#59636e", "#9198a1"),
    "line": ("#59636e", "#9198a1"),
    "box": ("#f6f8fa", "#21262d"),
    "reference": ("#8c959f", "#6e7681"),
    "reference_light": ("#d0d7de", "#3d444d"),
    "first": ("#0969da", "#4493f8"),
    "first_light": ("#80ccff", "#1f4d8a"),
    "second": ("#1a7f37", "#3fb950"),
    "second_light": ("#8fd19e", "#1b5e2d"),
}


def style():
    def rules(theme):
        return " ".join(f".{name} {{ fill: {pair[theme]}; }} .{name}_edge {{ stroke: {pair[theme]}; fill: none; }}"
                        for name, pair in COLOURS.items())
    return f"<style>text {{ font-family: {FONT}; }} {rules(0)}\n@media (prefers-color-scheme: dark) {{ {rules(1)} }}</style>"


def number(value):
    """At most two decimals, so that the same figures give the same bytes."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rectangle(x, y, width, height, fill, radius=0, outlined=False):
    place = " ".join(f'{key}="{number(value)}"' for key, value in
                     (("x", x), ("y", y), ("width", width), ("height", height), ("rx", radius)) if value or key != "rx")
    filled = f'<rect {place} class="{fill}"/>'
    return filled + f'<rect {place} class="line_edge"/>' if outlined else filled


def text(x, y, content, size=13, anchor="start", fill="text", bold=False):
    weight = ' font-weight="600"' if bold else ""
    return (f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" text-anchor="{anchor}" class="{fill}"{weight}>'
            f"{escape(content)}</text>")


def arrow(points):
    """A line through the points, with a head at the last."""
    path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polyline points="{path}" class="line_edge" stroke-width="1.5" marker-end="url(#head)"/>'


def document(width, height, title, parts):
    head = ('<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0,0 L8,4 L0,8 z" class="line"/></marker></defs>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{number(height)}" viewBox="0 0 {width} {number(height)}" role="img">',
        f"<title>{escape(title)}</title>", style(), head, rectangle(0, 0, width, height, "ground"), *parts, "</svg>", ""])
