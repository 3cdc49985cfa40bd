#include "fathom.h"

#define METRES 1.8288

double fathom_to_metres(double fathoms)
{
    return fathoms * METRES;
}

double fathom_from_metres(double metres)
{
    return metres / METRES;
}

void fathom_add(struct fathom_mean *mean, double metres)
{
    mean->count++;
    mean->metres += (metres - mean->metres) / (double)mean->count;
}
