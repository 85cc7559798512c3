"""What the whole suite shares: pytest-odoo opens the database that scripts/pytest has made."""
