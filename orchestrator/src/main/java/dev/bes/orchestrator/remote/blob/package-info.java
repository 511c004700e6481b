/** Ports for blobs: those of our container, and those that inputs come from. */
@NamedInterface("blob")
@NullMarked
package dev.bes.orchestrator.remote.blob;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
