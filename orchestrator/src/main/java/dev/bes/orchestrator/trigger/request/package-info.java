/** Requests by REST and page, and the files that come with them. */
@NamedInterface("request")
@NullMarked
package dev.bes.orchestrator.trigger.request;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
