/** Reads requests: bodies, forms, keys, queries. */
@NamedInterface("request")
@NullMarked
package dev.bes.orchestrator.web.request;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
