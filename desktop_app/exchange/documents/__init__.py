"""Documents to be coded: any text or transcript file becomes a ``ParsedDocument``, turns beside the text.

Refuses to normalise Unicode, to guess what a binary file says and to fetch anything a file points to.
"""
