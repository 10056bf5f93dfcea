"""XML as strangers send it: no entities, no other files, no network."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from desktop_app.errors import UnreadableFile


def parse_xml(data: bytes, path: str, what: str = "it") -> Element:
    """The root of *data*; raises `UnreadableFile` where it is no XML, or XML made to do harm."""
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        reason = f"{what} defines entities of its own, as files made to do harm do"
        raise UnreadableFile(path, reason) from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableFile(path, f"{what} is not well-formed XML", "It may be damaged: get it anew.") from error
    return root


def local_name(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
