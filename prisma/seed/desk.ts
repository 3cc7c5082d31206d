export const fillDesk = async (_at: Date) => 0;
