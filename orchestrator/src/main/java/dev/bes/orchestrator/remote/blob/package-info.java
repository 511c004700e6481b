/** Ports for blobs: of our container, and of the stores that inputs are read from. */
@NamedInterface("blob")
@NullMarked
package dev.bes.orchestrator.remote.blob;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
