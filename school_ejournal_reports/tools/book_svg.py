"""Draws the cells of a page as one picture in vectors: few parts, quickly rendered."""

from markupsafe import Markup, escape


def drawing(cells):
    """The cells of :func:`book_layout.layout`: lines and fills as one SVG of the whole
    page, texts as one block a column, since each block costs the renderer time."""
    if not cells:
        return Markup("")
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="table" '
        'width="210mm" height="297mm" viewBox="0 0 210 297">'
    ]
    parts += _fills(cells)
    parts.append(_lines(cells))
    parts += _flags(cells)
    parts.append("</svg>")
    parts += _texts(cells)
    return Markup("".join(parts))


def _fills(cells):
    """One rectangle for neighbours of one colour."""
    run = None
    for cell in cells:
        if not cell.fill:
            continue
        if (
            run
            and run[4] == cell.fill
            and abs(run[1] - cell.y) < 0.001
            and abs(run[0] + run[2] - cell.x) < 0.001
            and run[3] == cell.height
        ):
            run[2] += cell.width
            continue
        if run:
            yield _fill(run)
        run = [cell.x, cell.y, cell.width, cell.height, cell.fill]
    if run:
        yield _fill(run)


def _fill(run):
    x, y, width, height, colour = run
    return (
        f'<rect x="{x:g}" y="{y:.3f}" width="{width:g}" height="{height:.3f}" '
        f'fill="{colour}"/>'
    )


def _lines(cells):
    """All borders as one path; what two cells share is drawn once."""
    across, down = {}, {}
    for cell in cells:
        left, right = round(cell.x, 2), round(cell.x + cell.width, 2)
        top, bottom = round(cell.y, 2), round(cell.y + cell.height, 2)
        for y in (top, bottom):
            across.setdefault(y, []).append((left, right))
        for x in (left, right):
            down.setdefault(x, []).append((top, bottom))
    path = [
        f"M{start:g} {y:g}H{end:g}"
        for y, spans in across.items()
        for start, end in _joined(spans)
    ]
    path += [
        f"M{x:g} {start:g}V{end:g}"
        for x, spans in down.items()
        for start, end in _joined(spans)
    ]
    return f'<path d="{"".join(path)}" stroke="#444" stroke-width=".18" fill="none"/>'


def _joined(spans):
    spans = sorted(set(spans))
    start, end = spans[0]
    for left, right in spans[1:]:
        if left <= end + 0.011:
            end = max(end, right)
        else:
            yield start, end
            start, end = left, right
    yield start, end


def _flags(cells):
    """A corner on what was entered late, by permission or changed."""
    path = "".join(
        f"M{cell.x + cell.width - 1.3:.2f} {cell.y:.2f}h1.3v1.3z"
        for cell in cells
        if cell.flag
    )
    if path:
        yield f'<path d="{path}" fill="#222"/>'


def _texts(cells):
    """Neighbours below each other that look the same are one block of lines."""
    runs = {}
    for cell in cells:
        if len(cell.lines) > 1:
            yield _block([cell], cell.size * 1.22)
        elif cell.lines or cell.height < 10:
            look = (cell.x, cell.width, cell.height, cell.bold, cell.align)
            run = runs.setdefault(look, [])
            if run and abs(run[-1].y + cell.height - cell.y) > 0.01:
                if any(above.lines for above in run):
                    yield _block(run, cell.height)
                run.clear()
            run.append(cell)
    for run in runs.values():
        if any(cell.lines for cell in run):
            yield _block(run, run[0].height)


def _block(run, step):
    filled = [index for index, cell in enumerate(run) if cell.lines]
    run = run[filled[0] : filled[-1] + 1]
    first = run[0]
    lines = first.lines if len(run) == 1 else None
    size = max(cell.size for cell in run if cell.lines)
    if lines:
        text = "\n".join(escape(line) for line in lines)
        y = first.y + first.height / 2 - step * len(lines) / 2
    else:
        y = first.y
        text = "\n".join(_line(cell, size) for cell in run)
    left = first.x + (0.9 if first.align == "start" else 0)
    return (
        f'<pre class="{first.align[0]}{"b" if first.bold else ""}" style="left:{left:.2f}mm;'
        f"top:{y:.2f}mm;width:{first.width:g}mm;font-size:{size:g}mm;"
        f'line-height:{step:.3f}mm">{text}</pre>'
    )


def _line(cell, size):
    if not cell.lines:
        return ""
    text = escape(cell.lines[0])
    if cell.size >= size * 0.97:
        return text
    return f'<i style="font-size:{cell.size:g}mm">{text}</i>'


def qr(text, x, y, side):
    """A QR code of a text as one path, millimetres."""
    import qrcode  # only prints need it

    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    unit = side / len(matrix)
    path = []
    for row, values in enumerate(matrix):
        start = None
        for column, dark in enumerate([*values, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.append(
                    f"M{start * unit:.3f} {row * unit:.3f}h{(column - start) * unit:.3f}"
                    f"v{unit:.3f}h{-(column - start) * unit:.3f}z"
                )
                start = None
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" '
        f'style="left:{x}mm;top:{y}mm" width="{side}mm" height="{side}mm" '
        f'viewBox="0 0 {side} {side}"><path d="{"".join(path)}" fill="#000"/></svg>'
    )
