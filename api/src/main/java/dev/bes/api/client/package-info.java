/** The client of the REST API: Spring's HTTP interface for the calls, and a class around it for what is more than one call. */
@NullMarked
package dev.bes.api.client;

import org.jspecify.annotations.NullMarked;
