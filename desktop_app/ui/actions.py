"""Every action of the window: its text, its keys, its menu. Menus, tool bar and shortcut sheet are drawn from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop_app.ui.icons import icon


class Act(StrEnum):
    """The names of the actions."""

    IMPORT_FILES = "import_files"
    IMPORT_FOLDER = "import_folder"
    IMPORT_SAMPLES = "import_samples"
    PASTE_ARTICLE = "paste_article"
    ADD_PAGE = "add_page"
    LAST_IMPORT = "last_import"
    IMPORTS = "imports"
    BIN = "bin"
    VERSIONS = "versions"
    STATE_DATE = "state_date"
    OPEN_PAGE = "open_page"
    CHECK = "check"
    BACKUPS = "backups"
    FEEDS = "feeds"
    FETCH_FEEDS = "fetch_feeds"
    WATCHED_FOLDERS = "watched_folders"
    OFFLINE = "offline"
    REINDEX = "reindex"
    REMOVE_ARTICLE = "remove_article"
    CANCEL = "cancel"
    QUIT = "quit"
    SEARCH = "search"
    FIND = "find"
    SAVE_SEARCH = "save_search"
    SAVED_SEARCHES = "saved_searches"
    FORGET_SEARCHES = "forget_searches"
    SEARCH_EXACT = "search_exact"
    HITS_BEST = "hits_best"
    HITS_NEWEST = "hits_newest"
    HITS_BY_STORY = "hits_by_story"
    NEXT_HIT = "next_hit"
    PREVIOUS_HIT = "previous_hit"
    STEP_BACK_OUT = "step_back_out"
    BACK = "back"
    FORWARD = "forward"
    NEXT_MENTION = "next_mention"
    PREVIOUS_MENTION = "previous_mention"
    NEXT_ARTICLE = "next_article"
    PREVIOUS_ARTICLE = "previous_article"
    NEXT_PASSAGE = "next_passage"
    PREVIOUS_PASSAGE = "previous_passage"
    NEXT_ONE_SIDED = "next_one_sided"
    PREVIOUS_ONE_SIDED = "previous_one_sided"
    UNLINK_PASSAGES = "unlink_passages"
    LINK_PASSAGES = "link_passages"
    JOIN_REPORTS = "join_reports"
    PART_REPORTS = "part_reports"
    UNDO = "undo"
    REDO = "redo"
    LATER_PART = "later_part"
    EARLIER_PART = "earlier_part"
    FOCUS_LIST = "focus_list"
    FOCUS_ENGLISH = "focus_english"
    FOCUS_HINDI = "focus_hindi"
    FOCUS_ENTITIES = "focus_entities"
    THEME_SYSTEM = "theme_system"
    THEME_LIGHT = "theme_light"
    THEME_DARK = "theme_dark"
    TEXT_LARGER = "text_larger"
    TEXT_SMALLER = "text_smaller"
    TEXT_NORMAL = "text_normal"
    ORDER_DATE = "order_date"
    ORDER_TITLE = "order_title"
    ORDER_ADDED = "order_added"
    ONLY_ENGLISH = "only_english"
    ONLY_HINDI = "only_hindi"
    BOTH_LANGUAGES = "both_languages"
    DATES = "dates"
    SCROLL_LINKED = "scroll_linked"
    SHOW_LIST = "show_list"
    SHOW_ENTITIES = "show_entities"
    SHOW_CONTRAST = "show_contrast"
    ENTITY_PAGE = "entity_page"
    MERGE_ENTITY = "merge_entity"
    RENAME_ENTITY = "rename_entity"
    CORRECTIONS = "corrections"
    CONCORDANCE_BY_DATE = "concordance_by_date"
    CONCORDANCE_BY_BEFORE = "concordance_by_before"
    CONCORDANCE_BY_AFTER = "concordance_by_after"
    CONCORDANCE_BOTH = "concordance_both"
    CONCORDANCE_ENGLISH = "concordance_english"
    CONCORDANCE_HINDI = "concordance_hindi"
    FULL_SCREEN = "full_screen"
    SHORTCUTS = "shortcuts"
    ABOUT = "about"


class Menu(StrEnum):
    """The menus, in order; `ORDER` and `LANGUAGES` are submenus of View."""

    FILE = "&File"
    EDIT = "&Edit"
    SEARCH = "&Search"
    GO = "&Go"
    VIEW = "&View"
    HELP = "&Help"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One row of the table.

    Actions of one `choice` exclude each other. A new `section` draws a separator before the action.
    `submenu` puts it one level deeper, under that title.
    """

    act: Act
    menu: Menu
    section: int
    text: str
    keys: tuple[str, ...] = ()
    submenu: str = ""
    choice: str = ""
    checkable: bool = False
    icon: str = ""


TABLE: tuple[ActionSpec, ...] = (
    ActionSpec(Act.IMPORT_FILES, Menu.FILE, 1, "&Import files…", ("Ctrl+O",)),
    ActionSpec(Act.IMPORT_FOLDER, Menu.FILE, 1, "Import a &folder…", ("Ctrl+Shift+O",)),
    ActionSpec(Act.IMPORT_SAMPLES, Menu.FILE, 1, "Import the &sample stories"),
    ActionSpec(Act.PASTE_ARTICLE, Menu.FILE, 1, "&Paste as an article", ("Ctrl+V",)),
    ActionSpec(Act.ADD_PAGE, Menu.FILE, 1, "Add a page from the &web…", ("Ctrl+U",)),
    ActionSpec(Act.LAST_IMPORT, Menu.FILE, 1, "Files of the &last import…", ("Ctrl+Shift+I",)),
    ActionSpec(Act.CANCEL, Menu.FILE, 1, "&Cancel the running import", ("Ctrl+.",)),
    ActionSpec(Act.FEEDS, Menu.FILE, 2, "Fee&ds…", ("Ctrl+Shift+R",)),
    ActionSpec(Act.FETCH_FEEDS, Menu.FILE, 2, "Fetch all feeds &now", ("F5",)),
    ActionSpec(Act.WATCHED_FOLDERS, Menu.FILE, 2, "Wa&tched folders…"),
    ActionSpec(Act.OFFLINE, Menu.FILE, 2, "Work offlin&e", checkable=True),
    ActionSpec(Act.CHECK, Menu.FILE, 3, "Chec&k the library…", submenu="Care for the lib&rary"),
    ActionSpec(Act.BACKUPS, Menu.FILE, 3, "&Backups…", submenu="Care for the lib&rary"),
    ActionSpec(Act.IMPORTS, Menu.FILE, 3, "&Imports…", submenu="Care for the lib&rary"),
    ActionSpec(Act.REINDEX, Menu.FILE, 3, "&Rebuild the search index", submenu="Care for the lib&rary"),
    ActionSpec(Act.BIN, Menu.FILE, 3, "&Bin…", ("Ctrl+B",)),
    ActionSpec(Act.QUIT, Menu.FILE, 4, "&Quit", ("Ctrl+Q",)),
    ActionSpec(Act.UNDO, Menu.EDIT, 1, "&Undo", ("Ctrl+Z",)),
    ActionSpec(Act.REDO, Menu.EDIT, 1, "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec(Act.REMOVE_ARTICLE, Menu.EDIT, 1, "Remo&ve the open article", ("Del",)),
    ActionSpec(Act.STATE_DATE, Menu.EDIT, 1, "D&ate of the open article…", ("Ctrl+Shift+D",)),
    ActionSpec(Act.LINK_PASSAGES, Menu.EDIT, 2, "&Link the selected passages", ("Ctrl+L",)),
    ActionSpec(Act.UNLINK_PASSAGES, Menu.EDIT, 2, "These passages do not corres&pond", ("Ctrl+Shift+L",)),
    ActionSpec(Act.JOIN_REPORTS, Menu.EDIT, 2, "These reports tell one &event", ("Ctrl+J",)),
    ActionSpec(Act.PART_REPORTS, Menu.EDIT, 2, "These reports tell &different events", ("Ctrl+Shift+J",)),
    ActionSpec(Act.MERGE_ENTITY, Menu.EDIT, 3, "&Merge the entity with…", ("Ctrl+M",)),
    ActionSpec(Act.RENAME_ENTITY, Menu.EDIT, 3, "Re&name the entity…", ("F2",)),
    ActionSpec(Act.CORRECTIONS, Menu.EDIT, 3, "&Corrections…", ("Ctrl+Shift+E",)),
    ActionSpec(Act.SEARCH, Menu.SEARCH, 1, "&Search the library", ("Ctrl+K", "/")),
    ActionSpec(Act.FIND, Menu.SEARCH, 1, "&Find in these texts", ("Ctrl+F",)),
    ActionSpec(Act.NEXT_HIT, Menu.SEARCH, 1, "&Next hit", ("F3", "Ctrl+G")),
    ActionSpec(Act.PREVIOUS_HIT, Menu.SEARCH, 1, "&Previous hit", ("Shift+F3", "Ctrl+Shift+G")),
    ActionSpec(Act.STEP_BACK_OUT, Menu.SEARCH, 1, "&Close the search, then drop the selection", ("Esc",)),
    ActionSpec(Act.BOTH_LANGUAGES, Menu.SEARCH, 2, "English &and Hindi", ("Alt+1",), choice="language"),
    ActionSpec(Act.ONLY_ENGLISH, Menu.SEARCH, 2, "Only &English", ("Alt+2",), choice="language"),
    ActionSpec(Act.ONLY_HINDI, Menu.SEARCH, 2, "Only &Hindi", ("Alt+3",), choice="language"),
    ActionSpec(Act.DATES, Menu.SEARCH, 2, "&Dates…", ("Ctrl+D",)),
    ActionSpec(Act.SEARCH_EXACT, Menu.SEARCH, 3, "E&xact words only", ("Alt+4",), checkable=True),
    ActionSpec(Act.HITS_BEST, Menu.SEARCH, 3, "&Best hits first", ("Alt+5",), choice="hits"),
    ActionSpec(Act.HITS_NEWEST, Menu.SEARCH, 3, "Ne&west hits first", ("Alt+6",), choice="hits"),
    ActionSpec(Act.HITS_BY_STORY, Menu.SEARCH, 3, "Hits by s&tory", ("Alt+7",), checkable=True),
    ActionSpec(Act.SAVE_SEARCH, Menu.SEARCH, 4, "Sa&ve this search…", ("Ctrl+S",)),
    ActionSpec(Act.SAVED_SEARCHES, Menu.SEARCH, 4, "Saved sea&rches…", ("Ctrl+Shift+S",)),
    ActionSpec(Act.FORGET_SEARCHES, Menu.SEARCH, 4, "Clear the search histor&y"),
    ActionSpec(Act.BACK, Menu.GO, 1, "&Back", ("Alt+Left",), icon="left"),
    ActionSpec(Act.FORWARD, Menu.GO, 1, "&Forward", ("Alt+Right",), icon="right"),
    ActionSpec(Act.NEXT_MENTION, Menu.GO, 2, "&Next mention", ("N",), icon="right"),
    ActionSpec(Act.PREVIOUS_MENTION, Menu.GO, 2, "&Previous mention", ("P",), icon="left"),
    ActionSpec(Act.ENTITY_PAGE, Menu.GO, 2, "All &about the entity", ("Ctrl+E",), checkable=True),
    ActionSpec(Act.VERSIONS, Menu.GO, 2, "&Versions of the open article…", ("Ctrl+H",)),
    ActionSpec(Act.OPEN_PAGE, Menu.GO, 2, "The article's page in the bro&wser…", ("Ctrl+Shift+B",)),
    ActionSpec(Act.NEXT_PASSAGE, Menu.GO, 3, "Next &linked passage", ("]",)),
    ActionSpec(Act.PREVIOUS_PASSAGE, Menu.GO, 3, "Previous linke&d passage", ("[",)),
    ActionSpec(Act.NEXT_ONE_SIDED, Menu.GO, 3, "Next passage that &only one side has", ("}",)),
    ActionSpec(Act.PREVIOUS_ONE_SIDED, Menu.GO, 3, "Previous passage that only one s&ide has", ("{",)),
    ActionSpec(Act.NEXT_ARTICLE, Menu.GO, 4, "Next &story", ("Ctrl+Down", "J")),
    ActionSpec(Act.PREVIOUS_ARTICLE, Menu.GO, 4, "Previous s&tory", ("Ctrl+Up", "K")),
    ActionSpec(Act.LATER_PART, Menu.GO, 4, "La&ter part of a long text", ("Alt+PgDown",)),
    ActionSpec(Act.EARLIER_PART, Menu.GO, 4, "Earlier pa&rt of a long text", ("Alt+PgUp",)),
    ActionSpec(Act.FOCUS_LIST, Menu.GO, 5, "To the &list", ("Ctrl+1",)),
    ActionSpec(Act.FOCUS_ENGLISH, Menu.GO, 5, "To the &English text", ("Ctrl+2",)),
    ActionSpec(Act.FOCUS_HINDI, Menu.GO, 5, "To the &Hindi text", ("Ctrl+3",)),
    ActionSpec(Act.FOCUS_ENTITIES, Menu.GO, 5, "To the entit&ies", ("Ctrl+4",)),
    ActionSpec(Act.THEME_SYSTEM, Menu.VIEW, 1, "As the s&ystem", submenu="&Theme", choice="theme"),
    ActionSpec(Act.THEME_LIGHT, Menu.VIEW, 1, "&Light", submenu="&Theme", choice="theme"),
    ActionSpec(Act.THEME_DARK, Menu.VIEW, 1, "&Dark", submenu="&Theme", choice="theme"),
    ActionSpec(Act.ORDER_DATE, Menu.VIEW, 1, "By &date", submenu="&Order of the list", choice="order"),
    ActionSpec(Act.ORDER_TITLE, Menu.VIEW, 1, "By &title", submenu="&Order of the list", choice="order"),
    ActionSpec(Act.ORDER_ADDED, Menu.VIEW, 1, "Last &added first", submenu="&Order of the list", choice="order"),
    ActionSpec(Act.TEXT_LARGER, Menu.VIEW, 2, "&Larger text", ("Ctrl++", "Ctrl+=")),
    ActionSpec(Act.TEXT_SMALLER, Menu.VIEW, 2, "S&maller text", ("Ctrl+-",)),
    ActionSpec(Act.TEXT_NORMAL, Menu.VIEW, 2, "&Normal text size", ("Ctrl+0",)),
    ActionSpec(Act.SCROLL_LINKED, Menu.VIEW, 3, "&Scroll both texts together", ("L",), checkable=True, icon="linked"),
    ActionSpec(Act.SHOW_LIST, Menu.VIEW, 3, "&Article list", ("F8",), checkable=True),
    ActionSpec(Act.SHOW_ENTITIES, Menu.VIEW, 3, "&Entities", ("F9",), checkable=True),
    ActionSpec(Act.SHOW_CONTRAST, Menu.VIEW, 3, "What only one side sa&ys", ("F7",), checkable=True, icon="contrast"),
    ActionSpec(Act.CONCORDANCE_BY_DATE, Menu.VIEW, 4, "By da&te", ("D",), "&Concordance", "sorted"),
    ActionSpec(Act.CONCORDANCE_BY_BEFORE, Menu.VIEW, 4, "By the words &before", ("B",), "&Concordance", "sorted"),
    ActionSpec(Act.CONCORDANCE_BY_AFTER, Menu.VIEW, 4, "By the words &after", ("A",), "&Concordance", "sorted"),
    ActionSpec(Act.CONCORDANCE_BOTH, Menu.VIEW, 4, "In &both languages", ("1",), "&Concordance", "spoken"),
    ActionSpec(Act.CONCORDANCE_ENGLISH, Menu.VIEW, 4, "In &English", ("2",), "&Concordance", "spoken"),
    ActionSpec(Act.CONCORDANCE_HINDI, Menu.VIEW, 4, "In &Hindi", ("3",), "&Concordance", "spoken"),
    ActionSpec(Act.FULL_SCREEN, Menu.VIEW, 5, "&Full screen", ("F11",), checkable=True),
    ActionSpec(Act.SHORTCUTS, Menu.HELP, 1, "&Keys", ("?", "F1")),
    ActionSpec(Act.ABOUT, Menu.HELP, 2, "&About Setu"),
)


def plain(text: str) -> str:
    """An action's text without the mnemonic mark and the dots."""
    return text.replace("&", "").rstrip("…")


class Actions:
    """The QActions made from `TABLE`, owned by the window."""

    def __init__(self, window: QWidget) -> None:
        self._actions: dict[Act, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in TABLE:
            action = QAction(spec.text, window)
            action.setObjectName(spec.act.value)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(spec.checkable or bool(spec.choice))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{plain(spec.text)} ({keys})" if keys else plain(spec.text))
            action.setStatusTip("")
            if spec.icon:
                action.setIcon(icon(spec.icon))
                action.setIconVisibleInMenu(False)
            if spec.choice:
                if spec.choice not in groups:
                    groups[spec.choice] = QActionGroup(window)
                groups[spec.choice].addAction(action)
            window.addAction(action)
            self._actions[spec.act] = action
        self._actions[Act.QUIT].setMenuRole(QAction.MenuRole.QuitRole)
        self._actions[Act.ABOUT].setMenuRole(QAction.MenuRole.AboutRole)

    def __getitem__(self, act: Act) -> QAction:
        return self._actions[act]

    def forbid(self, acts: Iterable[Act], reason: str) -> None:
        """These cannot be used in this window; their menus say why where the pointer rests."""
        for act in acts:
            action = self._actions[act]
            action.setEnabled(False)
            action.setToolTip(f"{plain(action.text())}: {reason}")
            for place in action.associatedObjects():
                if isinstance(place, QMenu):
                    place.setToolTipsVisible(True)

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        for menu in Menu:
            self._fill(bar.addMenu(menu.value), menu)

    def fill_overflow(self, overflow: QMenu) -> None:
        """The ⋮ menu: all menus again, for a window whose menu bar is far away or hidden."""
        for menu in Menu:
            self._fill(overflow.addMenu(menu.value), menu)

    def _fill(self, target: QMenu, menu: Menu) -> None:
        section, submenus = 0, dict[str, QMenu]()
        for spec in (spec for spec in TABLE if spec.menu is menu):
            if section and spec.section != section:
                target.addSeparator()
            section = spec.section
            place = target
            if spec.submenu:
                if spec.submenu not in submenus:
                    submenus[spec.submenu] = target.addMenu(spec.submenu)
                place = submenus[spec.submenu]
            place.addAction(self._actions[spec.act])

    def with_keys(self) -> Iterator[tuple[str, str, str]]:
        """(menu, text, keys) of every action that has a key, in the table's order."""
        for spec in TABLE:
            if spec.keys:
                names = [
                    sequence.toString(QKeySequence.SequenceFormat.NativeText)
                    for sequence in self._actions[spec.act].shortcuts()
                ]
                text = plain(spec.text)
                if spec.submenu:
                    text = f"{plain(spec.submenu)}: {text[0].lower()}{text[1:]}"
                yield plain(spec.menu.value), text, "   ".join(names)
