"""The box that things are written down in: the capture window and Today each hold one.

Unlike the other widgets it reads and changes a notebook, always through ``ui.ops``; so both places save alike. Refuses
to know where it stands: what Esc means, and where an entry is opened, is said by whoever holds it.

Start reading at ``box.py``.
"""

from desktop_app.ui.widgets.capture_box.box import CaptureBox

__all__ = ["CaptureBox"]
