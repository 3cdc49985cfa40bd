package dev.slipway.client;

/**
 * Some of a task's log.
 *
 * @param bytes as the tools wrote them; foreign text, to be cleaned before it reaches a terminal
 * @param next the offset behind them
 * @param complete whether the log will not grow any more
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, compared by nobody
public record LogPiece(byte[] bytes, long next, boolean complete) {}
