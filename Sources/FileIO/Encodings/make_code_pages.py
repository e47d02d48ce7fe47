"""Writes CodePages.swift: the upper halves of single-byte code pages, as the C library's iconv has them.

    python3 make_code_pages.py > CodePages.swift

They are in the program because one that is linked statically finds no modules of iconv's, and because
the encoding of a text is judged by all of them.
"""
import subprocess
import unicodedata

# Our name, that of iconv.
PAGES = [
    ("windows-1250", "CP1250"), ("windows-1251", "CP1251"), ("windows-1253", "CP1253"),
    ("windows-1254", "CP1254"), ("windows-1257", "CP1257"), ("windows-1258", "CP1258"),
    ("iso-8859-2", "ISO-8859-2"), ("iso-8859-3", "ISO-8859-3"), ("iso-8859-4", "ISO-8859-4"),
    ("iso-8859-5", "ISO-8859-5"), ("iso-8859-7", "ISO-8859-7"), ("iso-8859-9", "ISO-8859-9"),
    ("iso-8859-10", "ISO-8859-10"), ("iso-8859-13", "ISO-8859-13"), ("iso-8859-14", "ISO-8859-14"),
    ("iso-8859-15", "ISO-8859-15"), ("iso-8859-16", "ISO-8859-16"),
    ("koi8-r", "KOI8-R"), ("koi8-u", "KOI8-U"),
    ("cp437", "CP437"), ("cp737", "CP737"), ("cp775", "CP775"), ("cp850", "CP850"),
    ("cp852", "CP852"), ("cp855", "CP855"), ("cp857", "CP857"), ("cp858", "CP858"),
    ("cp861", "CP861"), ("cp863", "CP863"), ("cp865", "CP865"), ("cp866", "CP866"),
    ("macintosh", "MACINTOSH"), ("mac-cyrillic", "MAC-CYRILLIC"),
    ("mac-centraleurope", "MAC-CENTRALEUROPE"),
]


def character(byte, name):
    run = subprocess.run(["iconv", "-f", name, "-t", "UTF-8"], input=bytes([byte]),
                         capture_output=True)
    text = run.stdout.decode()
    return text if run.returncode == 0 and len(text) == 1 else "\ufffd"


def shown(text):
    plain = unicodedata.category(text)[0] in "LNPS" and text != "\ufffd" and text not in "\\\""
    return text if plain else f"\\u{{{ord(text):X}}}"


def lines(characters):
    """As few lines as fit."""
    line = ""
    for text in map(shown, characters):
        if len(line) + len(text) > 88:
            yield line
            line = ""
        line += text
    yield line


print("// Written by make_code_pages.py from the C library's iconv.\n")
print("extension CodePage {")
print("  /// Names, and the characters of the bytes from 0x80 on (from 0xA0 on, where those before are")
print("  /// control characters of the same numbers); U+FFFD where a byte stands for none.")
print("  static let texts: [(name: String, upperHalf: String)] = [")
for name, iconv in PAGES:
    characters = [character(byte, iconv) for byte in range(0x80, 0x100)]
    if characters[:32] == [chr(byte) for byte in range(0x80, 0xA0)]:
        characters = characters[32:]
    body = " \\\n      ".join(lines(characters)).replace(" \\\n", "\\\n")
    print(f'    (\n      "{name}",\n      """\n      {body}\n      """\n    ),')
print("  ]\n}")
