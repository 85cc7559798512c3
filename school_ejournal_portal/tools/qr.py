"""A QR picture that needs no other server."""

import base64
import io

import qrcode


def data_uri(text):
    """PNG of a QR code for an ``img``; middle correction, since paper is folded."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=6, border=2
    )
    code.add_data(text)
    code.make(fit=True)
    out = io.BytesIO()
    code.make_image().save(out, format="PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
