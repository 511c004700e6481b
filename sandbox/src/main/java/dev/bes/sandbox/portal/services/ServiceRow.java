package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.catalogue.WebService;

/** A web service in the list of all, with its jobs. */
public record ServiceRow(WebService service, JobCounts counts) {}
