"""The behaviour of each BPMN element, as task specs on SpiffWorkflow's task tree.

SpiffWorkflow keeps tasks, their states, the nesting of workflows and the data of each token. Where its own specs need
the history of an instance (joins look for finished ancestors), predict the future (a chain of parallel gateways builds
hundreds of thousands of tasks before the first step) or ask the clock (timers), ours are used instead; each module
says why. All of them keep the tree flat: finished tasks are forgotten as soon as their token has moved on, so that the
state of an instance is its live tokens and nothing else.
"""
