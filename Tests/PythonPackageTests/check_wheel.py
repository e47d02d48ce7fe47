"""Whether a wheel is fit to be given to others: `check_wheel.py memory_diet-*.whl`. `make wheel` asks."""

import email
import pathlib
import re
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Sources/Python"))
import linux_tag  # noqa: E402


def faults(path):
    with zipfile.ZipFile(path) as wheel, tempfile.TemporaryDirectory() as folder:
        names = wheel.namelist()
        information = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(wheel.read(information))
        licences = information.replace("METADATA", "licenses/")
        inside = {name.removeprefix(licences) for name in names if name.startswith(licences)}
        expected = {f"licenses/{file.name}" for file in (ROOT / "Sources/Python/licenses").iterdir()}
        for name in sorted(expected | {"LICENSE"}):
            if name not in inside:
                yield f"{licences}{name} is not in it"
            if name not in metadata.get_all("License-File", []):
                yield f"its metadata name no License-File {name}"
        for licence in ("MIT", "LGPL-2.1-or-later", "LGPL-3.0-or-later", "Apache-2.0 WITH Swift-exception"):
            if licence not in metadata["License-Expression"]:
                yield f"its License-Expression is without {licence}"
        library = wheel.extract("memory_diet/libdietc.so", folder)
        tag = pathlib.Path(path).stem.split("-", 4)[4]
        if tag != linux_tag.tag(library):
            yield f"its tag is {tag}, and its library wants {linux_tag.tag(library)}"
        if not re.match("manylinux_", tag):
            yield f"it is for this machine alone: {', '.join(linux_tag.strangers(linux_tag.read(library)[0]))}"


found = [f"{path}: {fault}" for path in sys.argv[1:] for fault in faults(path)]
sys.exit("\n".join(found) or None)
