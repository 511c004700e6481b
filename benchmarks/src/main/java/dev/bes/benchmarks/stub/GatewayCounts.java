package dev.bes.benchmarks.stub;

import java.util.List;

/**
 * What went through the gateway.
 *
 * @param refused calls that it refused
 * @param perQuota calls that it let through in each period of the quota in which there were some
 */
public record GatewayCounts(long refused, List<Long> perQuota) {}
