"""What leaves the program: a table, folders of copies, walls as pictures."""

from tinyclf.export.folders import FolderReport, copy_to_folders
from tinyclf.export.grades_table import write_csv
from tinyclf.export.rows import OTHER_FILE, ExportRow
from tinyclf.export.walls import wall_sheets

__all__ = ["OTHER_FILE", "ExportRow", "FolderReport", "copy_to_folders", "wall_sheets", "write_csv"]
