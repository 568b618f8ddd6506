"""Running the DMN Technology Compatibility Kit (https://github.com/dmn-tck/tck) over our own evaluator.

report = tck.run(Path("TestCases"))  # or: python -m bedrijfsbureau.dmn.tck DIR
"""

from bedrijfsbureau.dmn.tck.report import FileResult, NodeResult, Report, run

__all__ = ["FileResult", "NodeResult", "Report", "run"]
