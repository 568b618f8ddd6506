// How a diagram looks in our dress: the colours are those of the style sheet, so light and dark follow the page.
export const rendering = {
  bpmnRenderer: {
    defaultFillColor: 'var(--bb-diagram-fill)',
    defaultStrokeColor: 'var(--bb-diagram-line)',
    defaultLabelColor: 'var(--bb-diagram-text)',
  },
  textRenderer: {
    defaultStyle: { fontFamily: '"Source Sans 3", "Segoe UI", sans-serif', fontSize: 13, lineHeight: 1.2 },
    externalStyle: { fontSize: 12.5 },
  },
};
