"""Tables as Markdown has them."""


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def count(value):
    return f"{value:,}"


def table(titles, rows):
    return "\n".join([row(*titles), "|" + "---|" * len(titles), *rows]) + "\n"
