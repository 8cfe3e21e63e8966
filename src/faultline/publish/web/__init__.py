"""The page: FastAPI and Jinja, readable without JavaScript and without a network."""
