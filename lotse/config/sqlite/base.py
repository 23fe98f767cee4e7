"""Django's SQLite, which takes as many values in one statement as the library at hand allows."""

import sqlite3

from django.db.backends.sqlite3 import base, features
from django.utils.functional import cached_property


class DatabaseFeatures(features.DatabaseFeatures):
    # Django's own 999 was the limit of an old library: a case has sixty columns, so that 500 cases
    # would take thirty statements.
    @cached_property
    def max_query_params(self) -> int:  # type: ignore[override]
        self.connection.ensure_connection()
        library: sqlite3.Connection = self.connection.connection
        return library.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
