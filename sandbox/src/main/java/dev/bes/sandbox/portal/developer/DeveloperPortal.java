package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.bes.BatchExecution;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.management.Administration;
import dev.bes.sandbox.management.Subscriptions;
import dev.bes.sandbox.management.Users;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import java.net.URI;
import java.util.List;

/**
 * What the developer portal shows and calls.
 *
 * @param base the address of the managed API with its suffix
 * @param managed answers the calls to the port of the managed API
 */
public record DeveloperPortal(
        ManagedApi api,
        URI base,
        Handler managed,
        Users users,
        Administration administration,
        Subscriptions subscriptions,
        Catalogue catalogue,
        BatchExecution batch,
        Blobs blobs) {

    /** The addresses of its pages. */
    public List<Route> routes(Pages pages) {
        Visitors visitors = new Visitors(api, users, administration, subscriptions);
        TryIt tryIt = new TryIt(api, base, managed, visitors);
        TryItDefaults defaults = new TryItDefaults(visitors, catalogue, batch, new SampleInput(blobs));
        return new ApiPages(pages, api, base, visitors, tryIt, defaults).routes();
    }
}
