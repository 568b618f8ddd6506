"""A real server that speaks S3, on this machine."""

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import fsspec.config
import pytest
import s3fs
from moto import server

from bedrijfsbureau.errors import DatabaseUnavailable, NotFound
from bedrijfsbureau.storage import Bucket, Condition, Stored, bucket_at, condition
from bedrijfsbureau.storage.bucket import AWAY, NO_BUCKET, REFUSED

CONTENT = b"een stuk"
SHA = hashlib.sha256(CONTENT).hexdigest()
KEY = f"map/{SHA[:2]}/{SHA[2:]}"
OTHER = "0" * 64

pytestmark = pytest.mark.filterwarnings("ignore")  # of other people's packages


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Running, with an empty bucket `stukken`; everything that reads the environment goes there."""
    for name, value in {"ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    address = "http://{}:{}".format(*running.get_host_and_port())
    monkeypatch.setitem(fsspec.config.conf, "s3", {"endpoint_url": address})
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem(endpoint_url=address).call_s3("create_bucket", Bucket="stukken")
    s3fs.S3FileSystem.clear_instance_cache()
    yield running
    running.stop()


@pytest.fixture
def bucket(endpoint: Any) -> Bucket:
    return bucket_at("s3://stukken/map")


def behind_our_back(bucket: Bucket, call: str, **more: Any) -> None:
    """What another program does in the bucket."""
    bucket.filesystem.call_s3(call, Bucket="stukken", Key=KEY, **more)


def test_what_is_put_is_there_whole(bucket: Bucket) -> None:
    assert list(bucket.names()) == []

    assert bucket.put(io.BytesIO(CONTENT)) == bucket.put(io.BytesIO(CONTENT)) == Stored(SHA, len(CONTENT))

    with bucket.open(SHA) as content:
        assert content.read() == CONTENT
    assert (list(bucket.names()), condition(bucket, SHA)) == ([SHA], Condition.WHOLE)


def test_what_another_did_in_the_bucket_is_seen_at_once(bucket: Bucket) -> None:
    bucket.put(io.BytesIO(CONTENT))
    assert list(bucket.names()) == [SHA]

    behind_our_back(bucket, "put_object", Body=b"iets anders")
    assert condition(bucket, SHA) is Condition.DAMAGED
    behind_our_back(bucket, "delete_object")
    assert (condition(bucket, SHA), list(bucket.names())) == (Condition.MISSING, [])
    with pytest.raises(NotFound):
        bucket.open(SHA)
    behind_our_back(bucket, "put_object", Body=CONTENT)
    assert (condition(bucket, SHA), list(bucket.names())) == (Condition.WHOLE, [SHA])


def all_refuse(bucket: Bucket, sentence: str) -> None:
    """Never "the stuk is gone": that would be an incident of every dossier."""
    for attempt in (
        lambda: bucket.put(io.BytesIO(CONTENT)),
        lambda: bucket.open(OTHER),
        lambda: list(bucket.names()),
        lambda: condition(bucket, OTHER),
    ):
        with pytest.raises(DatabaseUnavailable) as error:
            attempt()
        assert str(error.value) == sentence


def test_a_bucket_that_was_mistyped_is_said_and_not_made(endpoint: Any) -> None:
    all_refuse(bucket_at("s3://stuken/map"), NO_BUCKET)


def test_an_endpoint_that_is_away_is_said(bucket: Bucket, endpoint: Any) -> None:
    bucket.put(io.BytesIO(CONTENT))
    endpoint.stop()

    all_refuse(bucket, AWAY)


def test_without_keys_access_is_refused(endpoint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    all_refuse(bucket_at("s3://stukken/map"), REFUSED)
