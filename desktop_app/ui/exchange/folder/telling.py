"""Who is how far in a shared folder, in words and rows. Makes no widgets."""

from collections.abc import Sequence

from desktop_app.model.folder import DeviceStatus, FolderStatus, SyncReport
from desktop_app.ui.exchange.telling import at_words
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import Row


def device_rows(devices: Sequence[DeviceStatus]) -> list[Row]:
    """Every device, this one as the status has it."""
    ours = sum(one.wrote for one in devices if one.is_own)
    return [Row(one.device, device_name(one), device_words(one, ours), _aside(one)) for one in devices]


def device_name(device: DeviceStatus) -> str:
    """``Ben’s laptop, Ben Adair``; a device without a name goes by the beginning of its id."""
    name = device.name or tr("Device {id}", id=device.device[:4])
    return tr("{device}, {author}", device=name, author=device.author) if device.author else name


def device_words(device: DeviceStatus, ours: int) -> str:
    """``seen 20 November 2026, 09:30 · 12 of 14 packs read here · has read 3 of your 5 packs``."""
    packs = count_text(device.wrote, "{number} pack", "{number} packs")
    if device.is_own:
        return tr("{packs} written", packs=packs)
    seen = tr("seen {at}", at=at_words(device.at)) if device.at else tr("not to be seen now")
    read = tr("{read} of {packs} read here", read=f"{device.read_here:,}", packs=packs)
    if device.has_read_ours >= ours:
        return f"{seen} · {read} · {tr('has read all of yours')}"
    if not device.has_read_ours:
        return f"{seen} · {read} · {tr('has read none of yours yet')}"
    mine = count_text(ours, "your {number} pack", "your {number} packs")
    return f"{seen} · {read} · {tr('has read {read} of {packs}', read=f'{device.has_read_ours:,}', packs=mine)}"


def _aside(device: DeviceStatus) -> str:
    if device.is_own:
        return tr("this computer")
    return count_text(device.waiting, "! {number} waits", "! {number} wait") if device.waiting else tr("✓ all read")


def out_words(status: FolderStatus) -> str:
    if not status.waiting_out:
        return tr("All that is written here is in the folder.")
    return count_text(status.waiting_out, "{number} version waits to go out.", "{number} versions wait to go out.")


def sync_words(report: SyncReport) -> str:
    """``12 new versions came in, 3 went out.``; conflicts are told too."""
    came = count_text(report.took, "{number} new version came in", "{number} new versions came in")
    told = tr("{came}, {sent} went out.", came=came, sent=f"{report.sent:,}")
    if not report.conflicts:
        return told
    waiting = count_text(report.conflicts, "{number} conflict waits for you.", "{number} conflicts wait for you.")
    return f"{told} {waiting}"
