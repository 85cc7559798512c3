"""What the whole suite shares: pytest-odoo opens the database that scripts/pytest has made."""

from hypothesis import settings

# the same cases every time, and no clock: a loaded machine is not a failure
settings.register_profile(
    "school", deadline=None, derandomize=True, database=None, max_examples=60
)
settings.load_profile("school")
