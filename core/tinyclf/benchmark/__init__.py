"""How fast this machine is, how far that is from what it could do, and which settings to use.

A :class:`~tinyclf.benchmark.plan.Plan` of cases is run by :func:`~tinyclf.benchmark.runner.run`,
each case in processes of its own and all of them in turn, into a
:class:`~tinyclf.benchmark.report.Report`. A new kind of benchmark is a file in ``kinds``.
"""
