"""What goes wrong with a file that came from outside."""


class InputFileError(Exception):
    """A file that cannot be read as a whole.

    :param code: which fault, a key of ``wizard/import_texts.py``
    :param details: what the sentence about it names
    """

    def __init__(self, code, **details):
        super().__init__(code)
        self.code = code
        self.details = details
