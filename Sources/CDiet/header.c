#include "CDiet.h"
