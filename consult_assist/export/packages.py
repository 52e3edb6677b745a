"""Office files are zip packages: what all of them share."""

import io
import zipfile

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def without_times(file: bytes) -> bytes:
    """Return the package with the time of writing taken out of its table of contents."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return result.getvalue()
