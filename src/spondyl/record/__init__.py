"""The frozen records that cross the lines between the folders."""

from spondyl.record.facts import ASSERTIONS, Assertion, Fact, JsonValue, Precision, Reading, Source, Unread

__all__ = ["ASSERTIONS", "Assertion", "Fact", "JsonValue", "Precision", "Reading", "Source", "Unread"]
