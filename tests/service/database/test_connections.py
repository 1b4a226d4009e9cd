"""What every connection string of the service is completed with."""

from __future__ import annotations

from psycopg.conninfo import conninfo_to_dict

from service.database.connections import on_primary, owner_conninfo, service_conninfo


def test_any_libpq_option_passes_through() -> None:
    """Several hosts, TLS, keepalives: none has a setting of its own."""
    url = (
        "postgresql://app@a:5432,b:5433/segments?sslmode=verify-full&sslrootcert=/ca.pem"
        "&target_session_attrs=primary&load_balance_hosts=random"
    )
    made = conninfo_to_dict(on_primary(service_conninfo(url, "log")))
    assert (made["host"], made["port"]) == ("a,b", "5432,5433")
    assert (made["sslmode"], made["sslrootcert"]) == ("verify-full", "/ca.pem")
    assert made["target_session_attrs"] == "primary"
    assert made["load_balance_hosts"] == "random"


def test_a_peer_that_vanished_is_noticed() -> None:
    """Unless the URL says otherwise."""
    made = conninfo_to_dict(service_conninfo("postgresql://db/segments?connect_timeout=1", "log"))
    assert made["connect_timeout"] == "1"
    assert made["keepalives_idle"] == "30"
    assert made["tcp_user_timeout"] == "10000"


def test_options_of_the_url_are_kept() -> None:
    """Ours come after them, so that the role is always the service's."""
    url = "host=db options='-c statement_timeout=5s -c role=postgres'"
    made = conninfo_to_dict(service_conninfo(url, "log", lock_timeout="10s"))
    assert made["options"] == (
        "-c statement_timeout=5s -c role=postgres"
        " -c role=segments_service -c search_path=log -c client_connection_check_interval=1s"
        " -c lock_timeout=10s"
    )


def test_writers_look_for_the_host_that_can_be_written_to() -> None:
    """Behind several hosts, only one of them can."""
    made = conninfo_to_dict(on_primary(owner_conninfo("postgresql://a,b/segments")))
    assert made["target_session_attrs"] == "read-write"
    assert made["options"] == "-c search_path=pg_catalog"
