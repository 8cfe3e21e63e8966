"""The shared fixtures themselves."""

import psycopg


def test_every_test_gets_an_empty_database_of_a_private_cluster(postgres_url: str) -> None:
    address = postgres_url.replace("+psycopg", "")
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert rows == (0,)
    assert "@127.0.0.1:" in postgres_url
