"""A picture comes in: drawn anew, its bytes kept, its row noted; whoever wants it out again must be shown it here."""

from jinpai.desk.files import File, add_file
from jinpai.desk.model import Author
from jinpai.flows.ports import House
from jinpai.kit.ids import new_id
from jinpai.kit.pictures import draw_anew


def file_picture(house: House, conversation: str, author: Author, content: bytes) -> File:
    """The picture, kept for this conversation; BadInput when it is none, too large or broken: then nothing is kept."""
    picture = draw_anew(content)
    digest, thumb = house.files.put(picture.content), house.files.put(picture.thumb)
    kept = File(
        id=new_id("f"),
        conversation=conversation,
        author=author.key(),
        type=picture.type,
        bytes=len(picture.content),
        width=picture.width,
        height=picture.height,
        digest=digest,
        thumb=thumb,
    )
    added = house.writer.run(add_file(kept))
    # The same bytes, uploaded before and never sent, may have been swept meanwhile.
    house.files.put(picture.content)
    house.files.put(picture.thumb)
    return added
