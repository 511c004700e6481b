/** The transport of every managed HTTP service: keys, call gate, circuit breaker, Retry-After, limits of bytes and time. */
@NamedInterface("http")
@NullMarked
package dev.bes.orchestrator.remote.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
