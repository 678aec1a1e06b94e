"""An import from the file to its end: laid out, foreseen, started, run, whatever it brings."""

from collections.abc import Sequence
from dataclasses import replace

from jinpai.flows.importing.jobs import Job, Kind
from jinpai.flows.importing.kinds import find_kind
from jinpai.flows.ports import House
from jinpai.importing.columns import choose, find_layout
from jinpai.importing.memory import find_mapping, find_names
from jinpai.importing.model import Tally
from jinpai.importing.uploads import Put, Upload, find_upload, note_progress, open_upload, read_content, start_upload
from jinpai.kit.errors import NotFound, Refusal


def lay_out(house: House, kind: Kind, shop: str, author: str, content: bytes) -> Job:
    """The file as a table, laid out as this shop's people laid out others of its kind before."""
    table = kind.read(content)
    with house.database.read() as connection:
        layout = find_layout(kind.form, table, find_mapping(connection, shop, kind.form.kind))
        ours = sorted(find_names(connection, shop, kind.form.kind))
    return Job(shop, author, table, layout, ours)


def put_in(house: House, kind: Kind, shop: str, author: str, name: str, content: bytes) -> tuple[str, Job]:
    """Keep a file to be looked at; the import's id, and the job as it is guessed."""
    job = lay_out(house, kind, shop, author, content)
    put = Put(shop, kind.form.kind, author, name, content)
    count = len(job.table.rows) - job.layout.start
    return house.writer.run(open_upload(house.sealer, put, job.layout, count)), job


def take_out(house: House, upload: Upload) -> Job:
    """The job of an import that was put in, as it is guessed now; NotFound when its file is gone."""
    with house.database.read() as connection:
        content = read_content(connection, house.sealer, upload)
    return lay_out(house, find_kind(upload.kind), upload.shop, upload.author, content)


def decide(job: Job, fields: Sequence[str | None], ours: Sequence[str] | None) -> Job:
    """The job with what people decided (`ours` None: as remembered); BadInput when that cannot be."""
    return replace(job, layout=choose(job.layout, fields), ours=job.ours if ours is None else tuple(ours))


def start(house: House, upload: Upload, job: Job) -> None:
    """Mark the import as running with this layout; Conflict while it runs."""
    house.writer.run(start_upload(upload, job.layout, job.ours))


def run_upload(house: House, id_: str) -> Tally:
    """Bring a started import in, its progress kept; what is refused is kept as its problem, and raised."""
    with house.database.read() as connection:
        upload = find_upload(connection, id_)
    if upload is None or upload.state != "running":
        raise NotFound(f"没有正在进行的导入“{id_}”，请在页面上重新开始")
    writer = house.writer
    try:
        job = decide(take_out(house, upload), upload.fields, upload.ours)
        tally = find_kind(upload.kind).run(house, job, lambda tally: writer.run(note_progress(id_, tally, "running")))
    except Refusal as refusal:
        writer.run(note_progress(id_, upload.tally, "failed", refusal.message))
        raise
    writer.run(note_progress(id_, tally, "done"))
    return tally
