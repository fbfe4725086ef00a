// The manifest's schema asks for a script of the custom functions. With a shared runtime, Excel loads
// the task pane's page instead, which registers them.
