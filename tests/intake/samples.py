"""Files of each kind that intake reads, made on the spot, and a case to read them with."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import openpyxl

from faultline.case.case import Case, Input, Policy
from faultline.intake import Skipped, Taken, take_case
from faultline.record.actor import Actor, Alias
from faultline.record.days import Days, parse_days
from faultline.record.place import Place
from faultline.record.text import Filing
from faultline.record.vocabulary import ActorKind

GED_HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,"
    "event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
).split(",")
GED_ROW = {
    "id": "101",
    "year": "2021",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_name": "Ostrel: Government",
    "side_a": "Government of Ostrel",
    "side_b": "Northern Front",
    "source_article": '"Wire, 2021-03-04, Fighting\nin the north"',
    "source_original": "army spokesman",
    "where_prec": "1",
    "where_coordinates": "Dunmarra town",
    "adm_1": "North region",
    "adm_2": "Dun district",
    "latitude": "10.5",
    "longitude": "20.25",
    "country": "Ostrel",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2021-03-03 00:00:00.000",
    "date_end": "2021-03-03 00:00:00.000",
    "deaths_a": "2",
    "deaths_b": "5",
    "deaths_civilians": "0",
    "deaths_unknown": "1",
    "best": "8",
    "high": "10",
    "low": "6",
}
ACLED_HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")
ACLED_OLD_HEADER = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
).split(",")
ACLED_ROW = {
    "event_id_cnty": "OST7",
    "event_date": "2021-03-03",
    "year": "2021",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Ostrel (2019-)",
    "assoc_actor_1": "Police; Home Guard",
    "inter1": "State forces",
    "actor2": "Northern Front",
    "country": "Ostrel",
    "admin1": "North",
    "admin2": "Dun",
    "location": "Dunmarra",
    "latitude": "10.5",
    "longitude": "20.25",
    "geo_precision": "1",
    "source": "Wire; Radio Dun",
    "notes": "On 3 March, they fought.",
    "fatalities": "8",
}
ACTORS = (
    Actor("army", "Military Forces of Ostrel", ActorKind.STATE_FORCE),
    Actor("gov", "Government of Ostrel", ActorKind.GOVERNMENT),
    Actor("front", "NF", ActorKind.ARMED_GROUP, (Alias("Northern Front", days=parse_days("2020/2022")),)),
)
PLACES = (
    Place("dunmarra", "Dunmarra", 10.5, 20.25, feature="PPL"),
    Place("dunmarra-south", "Dunmarra", 1.0, 20.25, feature="PPL"),
    Place("north", "North", 11.0, 20.0, 100.0, feature="ADM1"),
)
FILING = Filing("reports/a", "")


def case(folder: Path, *inputs: Input, policy: Policy | None = None) -> Case:
    return Case(
        folder,
        "ostrel",
        "Ostrel",
        ("en",),
        (),
        "",
        Days(),
        ACTORS,
        PLACES,
        (),
        (),
        inputs,
        policy or Policy(),
        (),
        "fingerprint",
    )


def take_all(folder: Path, *inputs: Input, policy: Policy | None = None) -> list[Taken | Skipped]:
    return list(take_case(case(folder, *inputs, policy=policy)))


def take_one(folder: Path, entry: Input) -> Taken:
    (found,) = take_all(folder, entry)
    assert isinstance(found, Taken), found
    return found


def csv_text(header: Sequence[str], rows: Sequence[Mapping[str, str]], line: str = "\n") -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, header, restval="", lineterminator=line)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def ged_rows(number: int, **changes: str) -> list[dict[str, str]]:
    return [{**GED_ROW, "id": str(100 + n), **changes} for n in range(number)]


def xlsx(rows: Sequence[Sequence[object]], far_column: int = 0) -> bytes:
    """A workbook; with `far_column` an empty but formatted cell there."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if far_column:
        book.active.cell(1, far_column).number_format = "0.00"
    return _saved(book)


def docx_file(*paragraphs: str, title: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title = title
    return _saved(document)


def pdf(*pages: str) -> bytes:
    """A PDF with one line of Latin-1 text a page."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
    for n, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        bodies.append(f"<< /Type /Page /Parent 2 0 R /Contents {4 + 2 * n} 0 R /Resources << /Font {font} >> >>")
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return pdf_of(bodies)


def pdf_of(bodies: Sequence[str]) -> bytes:
    content, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def repacked(archive: bytes, **changed: bytes) -> bytes:
    """A zip file with some entries (dots and slashes as in `word/document.xml`) replaced or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return written.getvalue()


HTML = """<!DOCTYPE html><html lang="en-GB"><head><title>Ignored | Site</title>
<meta property="og:title" content="Army leaves Dunmarra">
<meta property="article:published_time" content="2021-03-04T08:00:00Z">
<link rel="canonical" href="https://wire.example/dunmarra">
<script>var stolen = "SCRIPT";</script><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a> <a href="/all">All news</a></nav><article><h1>Army leaves Dunmarra</h1>
<p>The army left the town of Dunmarra on Wednesday, witnesses said, after a week of fighting with the NF.</p>
<p>Eight people were killed, according to a spokesman of the army who did not want to be named in this report.</p>
<script>document.write("SCRIPT")</script></article><footer>© Wire</footer></body></html>"""


def _saved(file: object) -> bytes:
    written = io.BytesIO()
    file.save(written)  # type: ignore[attr-defined]
    return written.getvalue()
