/** Requests by API and page, and the files that are sent with them. */
@NamedInterface("request")
@NullMarked
package dev.bes.orchestrator.trigger.request;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
