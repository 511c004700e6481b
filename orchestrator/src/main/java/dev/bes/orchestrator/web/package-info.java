/** What people and programs see: the REST API and the pages. Decides nothing. */
@ApplicationModule(
        allowedDependencies = {
            "account",
            "account :: creation",
            "audit",
            "callback",
            "database",
            "definition",
            "definition :: load",
            "definition :: template",
            "explain",
            "node",
            "node :: file",
            "node :: folder",
            "remote",
            "remote :: blob",
            "remote :: settings",
            "run",
            "run :: acceptance",
            "run :: command",
            "run :: forecast",
            "run :: journal",
            "run :: pool",
            "run :: query",
            "run :: shadow",
            "text",
            "trigger",
            "trigger :: arrival",
            "trigger :: backfill",
            "trigger :: container",
            "trigger :: files",
            "trigger :: request",
            "trigger :: fire",
            "trigger :: schedule",
            "trigger :: simulation"
        })
@NullMarked
package dev.bes.orchestrator.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
