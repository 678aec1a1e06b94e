"""Pictures to send in browser tests."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload


def photo(name: str = "杖尖.jpg", width: int = 4000, height: int = 3000) -> FilePayload:
    """A photo as a phone takes it."""
    file = BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(file, "JPEG", quality=90)
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}
