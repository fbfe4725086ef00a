// Stands in for office-addin-manifest, of which office-addin-mock reads one enum: the real package
// pulls in modules that jest 30 cannot require before Node 24.9 (model-codebases.md 5.1, pitfall 3).
exports.OfficeApp = Object.freeze({
  Excel: "excel",
  OneNote: "onenote",
  Outlook: "outlook",
  PowerPoint: "powerpoint",
  Project: "project",
  Word: "word",
});
