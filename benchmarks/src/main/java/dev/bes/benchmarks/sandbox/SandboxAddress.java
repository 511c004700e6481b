package dev.bes.benchmarks.sandbox;

import java.net.URI;
import java.util.Map;

/**
 * Where a sandbox is called.
 *
 * @param managed the address of the service behind API Management
 * @param direct the address of the same service without it
 * @param portal the address of the portal, with a slash at its end
 * @param headers the keys that a call needs
 * @param path the parameters of the operations' paths
 */
record SandboxAddress(URI managed, URI direct, URI portal, Map<String, String> headers, Map<String, String> path) {}
