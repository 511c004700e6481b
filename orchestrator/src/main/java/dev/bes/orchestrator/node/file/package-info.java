/** Work on files, on threads that may wait for a disk without holding up anything else. */
@NamedInterface("file")
@NullMarked
package dev.bes.orchestrator.node.file;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
