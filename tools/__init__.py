"""Tools of the repository: set-up, checks, pages of the documentation. None of them is part of the package."""
