/** The audit for administrators, and the record of refused requests. */
@NamedInterface("web-audit")
@NullMarked
package dev.bes.orchestrator.web.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
