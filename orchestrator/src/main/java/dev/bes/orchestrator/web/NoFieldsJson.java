package dev.bes.orchestrator.web;

/** The body of a request that says everything by its address: none, or an empty object. */
record NoFieldsJson() {}
