"""The tab of the evaluation: runs, comparisons, candidates; `evaluate.js` fills it."""

import gradio as gr

from ui.asset import asset


def build_evaluate_tab() -> None:
    """Its one component, in which the page's script does the rest."""
    gr.HTML(asset("evaluate.html"), elem_id="by-evaluate", apply_default_css=False, js_on_load=None)
