from . import health, paper_sheets, results
